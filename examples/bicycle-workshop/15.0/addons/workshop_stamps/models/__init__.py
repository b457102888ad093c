from . import stamp_card
