"""The scenarios: one theme a file."""

from benchmarks.faults.scenario import SCENARIOS as SCENARIOS
from benchmarks.faults.scenarios import attachments as attachments
from benchmarks.faults.scenarios import concurrency as concurrency
from benchmarks.faults.scenarios import content as content
from benchmarks.faults.scenarios import crash as crash
from benchmarks.faults.scenarios import disk as disk
from benchmarks.faults.scenarios import edits as edits
from benchmarks.faults.scenarios import inside as inside
from benchmarks.faults.scenarios import place as place
from benchmarks.faults.scenarios import power_loss as power_loss
from benchmarks.faults.scenarios import schema as schema
from benchmarks.faults.scenarios import steps as steps
from benchmarks.faults.scenarios import surroundings as surroundings
from benchmarks.faults.scenarios import torn as torn
from benchmarks.faults.scenarios import volume as volume
from benchmarks.faults.scenarios import web as web
