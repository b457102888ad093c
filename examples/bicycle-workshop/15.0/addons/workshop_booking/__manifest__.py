{
    "name": "Workshop Bookings",
    "version": "15.0.1.1.0",
    "category": "Services",
    "summary": "Appointments for customers and their bicycles",
    "author": "Spoke & Saddle",
    "license": "LGPL-3",
    "depends": ["workshop"],
    "data": [],
}
