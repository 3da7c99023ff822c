"""httpx2 for servers on this machine, without certificates: to load those takes longer than to fetch a page."""

from functools import partial

import httpx2

Client = partial(httpx2.Client, verify=False)
get = partial(httpx2.get, verify=False)
post = partial(httpx2.post, verify=False)
