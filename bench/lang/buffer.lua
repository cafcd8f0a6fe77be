local function main()
  local length = 0
  for round = 1, 10 do
    local buffer = {}
    for i = 1, 20000 do buffer[#buffer + 1] = "some text " end
    length = length + #table.concat(buffer)
  end
  print(length)
end
main()
