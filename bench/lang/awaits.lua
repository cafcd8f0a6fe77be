local step = coroutine.wrap(function()
  local i = 0
  while true do
    coroutine.yield(i)
    i = i + 1
  end
end)

local sum = 0
for i = 1, 1000000 do sum = sum + step() end
print(sum)
