package org.isochron.ops.venue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** Counts the answers to each request of one session: exactly one is right. */
final class Answers {
    private static final int SHOWN = 10;

    private int[] counts = new int[1 << 16];
    private long firstSeqNum;
    private long requests;
    private long answers;

    /** The session has used up that number. */
    void asked(final long seqNum) {
        if (requests == 0) {
            firstSeqNum = seqNum;
        }
        if (seqNum != firstSeqNum + requests) {
            throw new IllegalStateException("request " + seqNum + " after " + requests + " from " + firstSeqNum);
        }
        requests++;
        if (requests > counts.length) {
            counts = Arrays.copyOf(counts, 2 * counts.length);
        }
    }

    /** The venue has answered that number, 0 for a message that has none. */
    void answered(final long seqNum) {
        if (seqNum == 0) {
            return;
        }
        if (seqNum < firstSeqNum || seqNum >= firstSeqNum + requests) {
            throw new IllegalStateException("an answer to " + seqNum + ", which was never asked");
        }
        counts[(int) (seqNum - firstSeqNum)]++;
        answers++;
    }

    long requests() {
        return requests;
    }

    long pending() {
        return requests - answers;
    }

    /** The first requests with no answer, or with several, as {@code seqNum: answers}. */
    List<String> wrong() {
        return LongStream.range(0, requests)
                .filter(i -> counts[(int) i] != 1)
                .limit(SHOWN)
                .mapToObj(i -> firstSeqNum + i + ": " + counts[(int) i])
                .toList();
    }
}
