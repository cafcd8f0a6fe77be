local function main()
  local map = {}
  for i = 0, 99999 do map[i * 7] = i end
  local sum = 0
  for round = 1, 5 do
    for i = 0, 99999 do sum = sum + map[i * 7] end
  end
  print(sum)
end
main()
