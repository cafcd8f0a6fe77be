def main():
    values = list(range(20000))
    total = 0
    while values:
        total += values.pop(0)
    for i in range(20000):
        values.insert(0, i)
    print(total + len(values))


main()
