-- Calls of C from LuaJIT: luajit [-joff] luajit.lua LIBRARY. A line for each operation: its name and
-- nanoseconds, a round of the loop with it.
local ffi = require("ffi")
ffi.cdef [[
int32_t BenchAdd(int32_t, int32_t);
int64_t BenchSumOfSix(int64_t, int64_t, int64_t, int64_t, int64_t, int64_t);
double BenchHalf(double);
typedef struct { int64_t a, b; } BenchPair;
BenchPair BenchSwap(BenchPair);
int32_t BenchCallBack(int32_t (*)(int32_t), int32_t);
void *calloc(size_t, size_t);
void free(void *);
]]
local library = ffi.load(arg[1])
local C = ffi.C

-- `run` does it n times. As often as takes a fifth of a second.
local function measure(name, run)
  local n = 1000
  run(n)
  while true do
    local begin = os.clock()
    run(n)
    local seconds = os.clock() - begin
    if seconds > 0.2 then
      print(string.format("%s %.3f", name, seconds * 1e9 / n))
      return
    end
    n = n * 2
  end
end

measure("FfiLoop", function(n) for i = 1, n do end end)
measure("FfiInts", function(n) for i = 1, n do library.BenchAdd(i, 2) end end)
measure("FfiSixInts", function(n) for i = 1, n do library.BenchSumOfSix(i, 2, 3, 4, 5, 6) end end)
measure("FfiDouble", function(n) for i = 1, n do library.BenchHalf(2.5) end end)
measure("FfiStruct", function(n)
  local pair = ffi.new("BenchPair", 1, 2)
  for i = 1, n do library.BenchSwap(pair) end
end)
local step = ffi.cast("int32_t (*)(int32_t)", function(x) return x + x end)
measure("FfiCallback", function(n) library.BenchCallBack(step, n) end)
measure("FfiAllocation", function(n) for i = 1, n do C.free(C.calloc(1, 16)) end end)
local values = ffi.new("int32_t[10000]")
local sum = 0  -- so that the reads are of use to a compiler
measure("FfiRead", function(n) for i = 1, n do sum = sum + values[i % 8192] end end)
measure("FfiWrite", function(n) for i = 1, n do values[i % 8192] = i end end)
-- Of a text that changes: otherwise a compiler makes one string of it for all rounds.
local function texts(name, length)
  local text = ffi.new("char[?]", length + 1, ("x"):rep(length))
  measure(name, function(n)
    for i = 1, n do
      text[0] = 64 + i % 32
      sum = sum + #ffi.string(text)
    end
  end)
end
texts("FfiText16", 16)
texts("FfiText1MB", 1000000)
