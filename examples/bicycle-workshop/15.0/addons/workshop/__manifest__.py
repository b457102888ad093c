{
    "name": "Bicycle Workshop",
    "version": "15.0.1.4.0",
    "category": "Services",
    "summary": "Jobs on bicycles, with services and prices",
    "author": "Spoke & Saddle",
    "license": "LGPL-3",
    "depends": ["base"],
    "data": ["security/ir.model.access.csv", "data/tags.xml", "views/job.xml"],
}
