"""The contract suite as pytest runs it: options, selection, findings, reports. The contracts lie in contracts/."""
