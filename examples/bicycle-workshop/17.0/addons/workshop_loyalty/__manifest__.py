{
    "name": "Workshop Loyalty",
    "version": "17.0.2.0.0",
    "category": "Services",
    "summary": "Points, and what they are worth",
    "author": "Spoke & Saddle",
    "license": "LGPL-3",
    "depends": ["workshop"],
    "data": [],
}
