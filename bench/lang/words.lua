local function main()
  local text = "the quick brown fox jumps over the lazy dog and runs away "
  local counts = {}
  for round = 1, 5000 do
    for word in text:gmatch("[^ ]+") do
      counts[word] = (counts[word] or 0) + 1
    end
  end
  print(counts["the"])
end
main()
