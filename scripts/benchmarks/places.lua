-- One place after the other, the same for every door: wrk … -- FILE FIRST MOST
-- FILE holds one path a line; FIRST is where to start in it; after MOST requests it ends early.
local requests, at, most, sent = {}, 0, 0, 0

function init(args)
    for path in io.lines(args[1]) do requests[#requests + 1] = wrk.format("GET", path) end
    at, most = tonumber(args[2]), tonumber(args[3])
end

function request()
    sent = sent + 1
    if sent > most then wrk.thread:stop() end
    at = at % #requests + 1
    return requests[at]
end

function done(summary, latency, _)
    local errors = summary.errors
    print(string.format(
        'RESULT {"requests": %d, "microseconds": %d, "bytes": %d, "failed": %d, "p50": %d, "p99": %d}',
        summary.requests, summary.duration, summary.bytes,
        errors.connect + errors.read + errors.write + errors.status + errors.timeout,
        latency:percentile(50), latency:percentile(99)))
end
