def main():
    text = "the quick brown fox jumps over the lazy dog and runs away "
    counts = {}
    for _ in range(5000):
        for word in text.split(" "):
            counts[word] = counts.get(word, 0) + 1
    print(counts["the"])


main()
