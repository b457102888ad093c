{
    "name": "Workshop Stamp Cards",
    "version": "15.0.1.0.2",
    "category": "Services",
    "summary": "The tenth tune-up is free",
    "author": "Spoke & Saddle",
    "license": "LGPL-3",
    "depends": ["workshop"],
    "data": [],
}
