local function main()
  local parts = {}
  for i = 0, 999 do parts[i + 1] = "part" .. i end
  local length = 0
  for round = 1, 300 do length = length + #table.concat(parts, ", ") end
  print(length)
end
main()
