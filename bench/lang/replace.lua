local function main()
  local text = string.rep("the cat and the dog and the bird ", 100)
  local length = 0
  for round = 1, 500 do length = length + #text:gsub("the", "one") end
  print(length)
end
main()
