from . import bicycle
from . import repair
from . import res_partner
from . import service
