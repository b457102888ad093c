{
    "name": "Upgrade scripts of the bicycle workshop",
    "version": "16.0.1.0.0",
    "category": "Hidden",
    "author": "Spoke & Saddle",
    "license": "LGPL-3",
    "depends": ["base"],
    "installable": False,
}
