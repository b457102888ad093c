{
    "name": "Workshop Bookings",
    "version": "17.0.2.1.0",
    "category": "Services",
    "summary": "Appointments for customers and their bicycles, fetched at the door if they like",
    "author": "Spoke & Saddle",
    "license": "LGPL-3",
    "depends": ["workshop"],
    "data": [],
}
