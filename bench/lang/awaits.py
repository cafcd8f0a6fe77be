import asyncio


async def step(i):
    await asyncio.sleep(0)
    return i


async def main():
    total = 0
    for i in range(1000000):
        total += await step(i)
    print(total)


asyncio.run(main())
