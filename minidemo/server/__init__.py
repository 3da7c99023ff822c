"""The HTTP floor: FastAPI lives here and nowhere else."""
