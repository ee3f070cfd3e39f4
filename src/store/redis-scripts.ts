/**
 * What Redis does in one piece, by its own clock. A shard's right is a key that holds its process's token and expires;
 * all writes for the shard are made by a script that looks at it first.
 */

/** KEYS right, count. ARGV token, ms, count. @returns 1: taken, 0: another's, less: minus the count of the others */
export const takeScript = `
local running = redis.call('get', KEYS[2])
if running and running ~= ARGV[3] then return -tonumber(running) end
if redis.call('exists', KEYS[1]) == 1 then return 0 end
redis.call('set', KEYS[1], ARGV[1], 'PX', ARGV[2])
redis.call('set', KEYS[2], ARGV[3], 'PX', ARGV[2])
return 1`;

/** KEYS right, count. ARGV token, ms. @returns 1 while the right is there */
export const keepScript = `
if redis.call('get', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('pexpire', KEYS[2], ARGV[2])
return redis.call('pexpire', KEYS[1], ARGV[2])`;

/** KEYS right, count, then those of all shards. ARGV token. The last one to go takes the count along. */
export const releaseScript = `
if redis.call('get', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('del', KEYS[1])
for i = 3, #KEYS do if redis.call('exists', KEYS[i]) == 1 then return 1 end end
redis.call('del', KEYS[2])
return 1`;

/** KEYS right, then those to write. ARGV token, then their values. @returns 0 when the right is gone */
export const writeScript = `
if redis.call('get', KEYS[1]) ~= ARGV[1] then return 0 end
for i = 2, #KEYS do redis.call('set', KEYS[i], ARGV[i]) end
return 1`;

/** KEYS right, then those to remove. ARGV token. @returns 0 when the right is gone */
export const removeScript = `
if redis.call('get', KEYS[1]) ~= ARGV[1] then return 0 end
for i = 2, #KEYS do redis.call('unlink', KEYS[i]) end
return 1`;

/** KEYS bucket, shard. ARGV ms between identifies, ms of a short session, ms to rest by streak… @returns ms to wait */
export const identifyScript = `
if not redis.call('set', KEYS[1], 1, 'NX', 'PX', ARGV[1]) then return math.max(1, redis.call('pttl', KEYS[1])) end
local time = redis.call('time')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local last = redis.call('hmget', KEYS[2], 'at', 'streak')
local streak = tonumber(last[2] or 0)
local rests = #ARGV - 2
local rest = tonumber(ARGV[2 + math.min(streak + 1, rests)])
if last[1] and now - last[1] < rest + tonumber(ARGV[2]) then streak = streak + 1 else streak = 0 end
redis.call('hset', KEYS[2], 'at', now, 'streak', streak)
redis.call('pexpire', KEYS[2], 3600000)
return 0`;
