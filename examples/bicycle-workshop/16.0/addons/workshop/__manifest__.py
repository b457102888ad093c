{
    "name": "Bicycle Workshop",
    "version": "16.0.2.0.0",
    "category": "Services",
    "summary": "Repairs of bicycles, with services and prices",
    "author": "Spoke & Saddle",
    "license": "LGPL-3",
    "depends": ["base", "workshop_contact"],
    "data": ["security/ir.model.access.csv", "data/tags.xml", "views/repair.xml"],
}
