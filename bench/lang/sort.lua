local function main()
  local list = {}
  local x = 42
  for i = 1, 200000 do
    x = (x * 1103515245 + 12345) & 0x7fffffff
    list[i] = x
  end
  table.sort(list)
  print(list[1] + list[100001])
end
main()
