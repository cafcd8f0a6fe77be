local function main()
  local list = {}
  for i = 0, 19999 do list[i + 1] = i end
  local sum = 0
  while #list > 0 do sum = sum + table.remove(list, 1) end
  for i = 0, 19999 do table.insert(list, 1, i) end
  print(sum + #list)
end
main()
