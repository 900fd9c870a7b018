"""Our own middlewares in connexion's stack, in the order in which a request meets them.

frame -> control -> routing -> throttle -> security -> reading -> endpoint. Each hands a `Call` on in the ASGI scope.
All but the first hand on by a plain call that gives what there is to wait for, and are one themselves only
where they have to wait: each coroutine in between costs as much as what most of them do.
"""
