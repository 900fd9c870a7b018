"""HTTP as it goes over the line: connections, answers, bodies with files, the pace of calls, a receiver of webhooks."""
