"""Where neighbours are worried about neighbours, as far as a map may say it.

    public figures of homes ──import──▶ homes in each hexagon ──▶ neighbourhoods (geo.partition)
                                                                        │
    reports ──a function of the owner's, once a month──▶ multiples of five for each ──▶ two maps

Reports themselves never come here. What is published is kept, and both the lead's map and the
public one show just that: nothing is counted when somebody asks. A neighbourhood whose borders
change begins anew, so each report is counted in one neighbourhood only, for ever.
"""
