from . import bicycle
from . import job
from . import res_partner
from . import service
