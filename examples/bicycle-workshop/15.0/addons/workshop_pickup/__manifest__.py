{
    "name": "Workshop Pickup",
    "version": "15.0.1.0.0",
    "category": "Services",
    "summary": "Bicycles are fetched at the door",
    "author": "Spoke & Saddle",
    "license": "LGPL-3",
    "depends": ["workshop_booking"],
    "data": [],
}
