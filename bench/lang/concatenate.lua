local function main()
  local length = 0
  for round = 1, 20 do
    local text = ""
    for i = 0, 4999 do text = text .. "x" .. i end
    length = length + #text
  end
  print(length)
end
main()
