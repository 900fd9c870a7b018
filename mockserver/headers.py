"""Headers of every answer, errors included (R-AUTH-17, R-AUTH-18)."""

from __future__ import annotations

API_VERSION = "5.12.28"
CLIENT_VERSION = "5.0.16"
"""Version of the service that is mocked, and the oldest client that it takes."""

DELIVERY_HEADER = "X-Mock-Delivery"
"""Marks a call that a webhook of a mock makes, with the number of the delivery."""

VERSIONS = {"X-APP-VERSION": API_VERSION, "X-MINIMUM-CLIENT-VERSION": CLIENT_VERSION, "X-Api-Version": CLIENT_VERSION}

ALLOWED = (
    "X-React,X-API-PASSWORD-BASE64,X-API-COMPANY-KEY,X-CLIENT-PLATFORM,X-CLIENT-VERSION,X-API-SECRET,X-API-TOKEN,X-API-PASSWORD,"
    "DNT,X-CustomHeader,Keep-Alive,User-Agent,X-Requested-With,If-Modified-Since,Cache-Control,Content-Type,Range,X-Mock-World"
)

CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, POST, PUT, PATCH, DELETE, OPTIONS",
    "Access-Control-Allow-Headers": ALLOWED,
    "Access-Control-Expose-Headers": "X-APP-VERSION,X-MINIMUM-CLIENT-VERSION,Content-Disposition,X-Mock-Diagnostics",
}

COMMON = [(name.lower().encode(), value.encode()) for name, value in (VERSIONS | CORS).items()]
