// The graph of bench/pause.h in Java, for the collectors of its virtual machine: the same steps.
// Nodes have 64 bytes where references are compressed, as G1 has them, and 88 where they are not, as ZGC
// has them. Prints what Google Benchmark would, for tools/bench.
//
//   java -XX:+UseG1GC Pause.java SYSTEM [--benchmark_filter=REGEX]
//
// Not here: what the steps are for (bench/pause.h); which Java is taken (run.sh).

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

final class Pause {
  static final int STEPS_IN_TICK = 1000;
  static final long VALUE = 3;
  static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  static final class Node {
    Node r0, r1, r2, r3, r4, r5;
    long value, rest0, rest1;

    void link(int slot, Node target) {
      switch (slot) {
        case 1: r1 = target; break;
        case 2: r2 = target; break;
        case 3: r3 = target; break;
        case 4: r4 = target; break;
        default: r5 = target; break;
      }
    }
  }

  // As std::minstd_rand.
  static final class Random {
    long state = 1;

    int below(long bound) {
      state = state * 48271 % 2147483647;
      return (int) (state % bound);
    }
  }

  interface Step {
    void take(int i);
  }

  // In milliseconds of the wall clock and of this thread.
  static final class Part {
    double wall, thread, longestWall, longestThread, rareWall, rareThread;
  }

  static Part measure(int steps, Step step) {
    int ticks = steps / STEPS_IN_TICK;
    double[] wall = new double[ticks];
    double[] thread = new double[ticks];
    long startWall = System.nanoTime(), startThread = THREADS.getCurrentThreadCpuTime();
    long beforeWall = startWall, beforeThread = startThread;
    for (int i = 0; i < steps; ++i) {
      step.take(i);
      if ((i + 1) % STEPS_IN_TICK != 0) continue;
      long nowWall = System.nanoTime(), nowThread = THREADS.getCurrentThreadCpuTime();
      wall[i / STEPS_IN_TICK] = (nowWall - beforeWall) * 1e-6;
      thread[i / STEPS_IN_TICK] = (nowThread - beforeThread) * 1e-6;
      beforeWall = nowWall;
      beforeThread = nowThread;
    }
    Part part = new Part();
    part.wall = (System.nanoTime() - startWall) * 1e-6;
    part.thread = (THREADS.getCurrentThreadCpuTime() - startThread) * 1e-6;
    Arrays.sort(wall);
    Arrays.sort(thread);
    int rare = ticks - 1 - ticks / 10000;
    part.longestWall = wall[ticks - 1];
    part.longestThread = thread[ticks - 1];
    part.rareWall = wall[rare];
    part.rareThread = thread[rare];
    return part;
  }

  static Node[] table;
  static Node last;
  static long temporaries = 0;

  static Node make(Node first) {
    Node node = new Node();
    node.r0 = first;
    return node;
  }

  static void replace(int place, int target) {
    Node node = make(table[target]);
    node.value = VALUE;
    table[place] = node;
  }

  static double peakMegabytes() throws Exception {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmHWM:")) return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
    }
    return 0;
  }

  static final List<String> rows = new ArrayList<>();

  static void row(String name, String system, Pattern filter, double wall, double thread,
      String more) {
    String full = "BM_Pause" + name + "/" + system;
    if (!filter.matcher(full).find()) return;
    rows.add(String.format(Locale.ROOT,
        "{\"name\": \"%s/iterations:1/manual_time\", \"run_type\": \"iteration\", "
            + "\"iterations\": 1, \"real_time\": %.6f, \"cpu_time\": %.6f, "
            + "\"time_unit\": \"ms\", \"thread_ms\": %.6f%s}",
        full, wall, thread, thread, more));
  }

  public static void main(String[] args) throws Exception {
    String system = args[0];
    Pattern filter = Pattern.compile(".");
    for (String arg : args) {
      if (arg.startsWith("--benchmark_filter=")) {
        filter = Pattern.compile(arg.substring(arg.indexOf('=') + 1));
      }
    }
    boolean wanted = false;
    String[] names = {"Build", "BuildLongest", "Run", "RunLongest", "RunRare", "Full"};
    for (String name : names) {
      wanted |= filter.matcher("BM_Pause" + name + "/" + system).find();
    }
    if (wanted) run(system, filter);
    System.out.println("{\"benchmarks\": [" + String.join(",\n", rows) + "]}");
  }

  static void run(String system, Pattern filter) throws Exception {
    boolean smoke = System.getenv("FART_BENCH_SMOKE") != null;
    String asked = System.getenv("FART_BENCH_LIVE_MB");
    int megabytes = smoke ? 1 : asked != null ? Integer.parseInt(asked) : 512;
    int nodes = megabytes * (1 << 20) / 64;
    int steps = smoke ? (4 << 20) / 64 : (int) ((4L << 30) / 64);
    table = new Node[nodes];
    Random random = new Random();
    Part build = measure(
        nodes, i -> replace(i, i < 2 ? 0 : i - 1 - random.below(Math.min(i - 1, 1000))));
    Part run = measure(steps, i -> {
      last = make(++temporaries % 8 != 0 ? last : null);
      if (i % 16 == 0) {
        Node holder = table[random.below(nodes)];
        holder.link(1 + random.below(5), table[random.below(nodes)]);
      }
      if (i % 32 == 0) replace(random.below(nodes), random.below(nodes));
    });
    Part full = measure(STEPS_IN_TICK, i -> {
      if (i == 0) System.gc();
    });
    long sum = 0;
    for (Node node : table) sum += node.value;
    if (sum != nodes * VALUE) throw new IllegalStateException("a node was lost");
    String peak = String.format(Locale.ROOT, ", \"peak_rss_MB\": %.3f", peakMegabytes());
    row("Build", system, filter, build.wall, build.thread, "");
    row("BuildLongest", system, filter, build.longestWall, build.longestThread, "");
    row("Run", system, filter, run.wall, run.thread, peak);
    row("RunLongest", system, filter, run.longestWall, run.longestThread, "");
    row("RunRare", system, filter, run.rareWall, run.rareThread, "");
    row("Full", system, filter, full.longestWall, full.longestThread, "");
  }
}
