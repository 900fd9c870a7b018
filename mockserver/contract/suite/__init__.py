"""The contract suite as pytest runs it: doors, selection, findings, reports. The contracts lie in contracts/."""
