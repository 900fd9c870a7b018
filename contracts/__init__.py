"""What must hold, on the mock and on any other server. A folder is a layer, a file is one contract."""
