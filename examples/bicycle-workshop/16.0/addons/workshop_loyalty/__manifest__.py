{
    "name": "Workshop Loyalty",
    "version": "16.0.1.1.0",
    "category": "Services",
    "summary": "Points instead of stamps",
    "author": "Spoke & Saddle",
    "license": "LGPL-3",
    "depends": ["workshop"],
    "data": [],
}
