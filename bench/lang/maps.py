def main():
    known = {}
    for i in range(100000):
        known[i * 7] = i
    total = 0
    for _ in range(5):
        for i in range(100000):
            total += known[i * 7]
    print(total)


main()
