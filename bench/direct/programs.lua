-- The programs of programs.h in Lua: lists are tables of two fields. peers.py calls one of them.

local function cons(head, tail) return { head, tail } end

local function fib(n)
  if n < 2 then return n end
  return fib(n - 1) + fib(n - 2)
end
function Fib27() return fib(27) end

local function tak(x, y, z)
  if not (y < x) then return z end
  return tak(tak(x - 1, y, z), tak(y - 1, z, x), tak(z - 1, x, y))
end
local function range(from, to)
  if from < to then return cons(from, range(from + 1, to)) end
end
local function map(f, list)
  if list then return cons(f(list[1]), map(f, list[2])) end
end
local function filter(keeps, list)
  if not list then return nil end
  if keeps(list[1]) then return cons(list[1], filter(keeps, list[2])) end
  return filter(keeps, list[2])
end
local function fold(f, start, list)
  if not list then return start end
  return fold(f, f(start, list[1]), list[2])
end
local function safe(queen, distance, placed)
  if not placed then return true end
  local other = placed[1]
  if other == queen or other == queen + distance or other == queen - distance then return false end
  return safe(queen, distance + 1, placed[2])
end
local try
local function place(row, size, placed)
  if row == size then return 1 end
  return try(0, row, size, placed)
end
function try(column, row, size, placed)
  if column == size then return 0 end
  local here = 0
  if safe(column, 1, placed) then here = place(row + 1, size, cons(column, placed)) end
  return here + try(column + 1, row, size, placed)
end
local function insert(key, tree)
  if not tree then return cons(key, cons(nil, nil)) end
  local here, sides = tree[1], tree[2]
  if key < here then return cons(here, cons(insert(key, sides[1]), sides[2])) end
  return cons(here, cons(sides[1], insert(key, sides[2])))
end
local function total(tree)
  if not tree then return 0 end
  return tree[1] + total(tree[2][1]) + total(tree[2][2])
end
local function grow(count, seed, tree)
  if count == 0 then return tree end
  return grow(count - 1, (seed * 1105 + 12345) % 65536, insert(seed, tree))
end
local function multiples(n)
  return filter(function(x) return x % n == 0 end, map(function(x) return x * n end, range(0, 500)))
end
local function lists(times)
  if times == 0 then return 0 end
  return fold(function(a, b) return a + b end, 0, multiples(times)) + lists(times - 1)
end
function Mixed()
  return tak(16, 10, 4) + place(0, 8, nil) + total(grow(8000, 1, nil)) + lists(50)
end

local function count(n)
  if n == 0 then return 0 end
  return 1 + count(n - 1)
end
function Deep()
  for _ = 1, 149 do count(10000) end
  return count(10000)
end

local function build(n, list)
  if n == 0 then return list end
  return build(n - 1, cons(n, list))
end
local function sum(list, so_far)
  if not list then return so_far end
  return sum(list[2], so_far + list[1])
end
function Live1500k()
  local kept = build(1500000, nil)
  sum(build(500000, nil), 0)
  return sum(kept, 0) + sum(build(500000, nil), 0)
end
