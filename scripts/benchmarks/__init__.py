"""What `./scripts/bench` measures: our answer to "what is near?", and what others would answer.

synthetic    a country of listings, made up          pure
database     that country in PostgreSQL
candidates   ways to ask one connection              query · exactness · crossover
servers      ways to be asked over HTTP              doors · redis_door · load
measures     medians, spread, ratios, goals          pure
report       all of it as tables and as JSON
"""
