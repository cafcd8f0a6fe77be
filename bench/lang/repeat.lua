local function main()
  local length = 0
  for round = 1, 10 do length = length + #string.rep("a", 10000000) end
  print(length)
end
main()
