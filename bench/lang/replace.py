def main():
    text = "the cat and the dog and the bird " * 100
    length = 0
    for _ in range(500):
        length += len(text.replace("the", "one"))
    print(length)


main()
