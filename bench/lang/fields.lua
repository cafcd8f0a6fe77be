local Point = {}
Point.__index = Point
function Point:move(dx, dy)
  self.x = self.x + dx
  self.y = self.y + dy
end

local function main()
  local point = setmetatable({x = 0, y = 0}, Point)
  for i = 0, 999999 do point:move(i, 1) end
  print(point.x + point.y)
end
main()
