"""Two free hours, now: jobs and rooms in one list, by the walk to them.

A job is a chance when it is on offer and one can walk there, work and be done within the time, or
when its office calls for urgent help. A room is one when it can be had for that time, beginning
soon. Rooms are looked at one by one, so only the nearest few that are open are.
"""
