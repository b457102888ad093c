"""What became of modules between 15.0 and 16.0; moult reads it for its plan, the script of base acts on it."""

renamed_modules = {
    "workshop_stamps": "workshop_loyalty",
}

merged_modules = {
    "workshop_pickup": "workshop_booking",
}

renamed_models = {
    "workshop.job": "workshop.repair",
    "workshop.job.line": "workshop.repair.line",
    "workshop.stamp.card": "workshop.loyalty.card",
}

merged_models = {}
