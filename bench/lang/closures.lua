local function main()
  local sum = 0
  local add = function(x) sum = sum + x end
  for i = 0, 999999 do add(i) end
  print(sum)
end
main()
