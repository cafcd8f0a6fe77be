local Tree = {}
Tree.__index = Tree
function Tree:count()
  if not self.left then return 1 end
  return 1 + self.left:count() + self.right:count()
end

local function make(depth)
  if depth == 0 then return setmetatable({}, Tree) end
  return setmetatable({left = make(depth - 1), right = make(depth - 1)}, Tree)
end

local function main()
  local count = 0
  for round = 1, 20 do count = count + make(14):count() end
  print(count)
end
main()
