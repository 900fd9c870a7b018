"""Our own middlewares in connexion's stack, in the order in which a request meets them.

frame -> control -> routing -> throttle -> security -> reading -> endpoint. Each hands a `Call` on in the ASGI scope.
"""
