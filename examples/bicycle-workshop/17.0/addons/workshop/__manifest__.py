{
    "name": "Bicycle Workshop",
    "version": "17.0.2.1.0",
    "category": "Services",
    "summary": "Repairs of bicycles, with services and prices in euros",
    "author": "Spoke & Saddle",
    "license": "LGPL-3",
    "depends": ["base", "workshop_contact"],
    "data": ["security/ir.model.access.csv", "data/tags.xml", "views/repair.xml"],
}
