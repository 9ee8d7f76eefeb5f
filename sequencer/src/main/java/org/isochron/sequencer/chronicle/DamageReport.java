package org.isochron.sequencer.chronicle;

/**
 * What damaging a journal in many ways came to.
 *
 * @param truncations   places at which its file was cut off.
 * @param tornRecovered cuts behind all that had been forced to disk: cut back to the last whole frame, and continued.
 * @param lossRefused   cuts before that: refused, naming the first frame that is missing.
 * @param flips         bits, bytes and pages changed.
 * @param flipsDetected changes found when the journal was opened, read, or appended to, and named by sequence.
 * @param flipsHarmless changes of what no frame is made of, and nobody ever reads.
 * @param repaired      detected changes that were then mended from another journal, of those tried.
 * @param missed        damage of a frame that went unnoticed, or an answer that was not the right one.
 * @param replayed      frames handed over that were not the ones written.
 * @param firstFault    the first of either, in words; empty when there is none.
 */
public record DamageReport(
        long truncations,
        long tornRecovered,
        long lossRefused,
        long flips,
        long flipsDetected,
        long flipsHarmless,
        long repaired,
        long missed,
        long replayed,
        String firstFault) {
    /** Whether no damage went unnoticed and nothing damaged was handed over. */
    public boolean isPassed() {
        return missed == 0 && replayed == 0;
    }

    /** All counts as one JSON object. */
    public String toJson() {
        return String.format(
                "{\"truncations\":%d,\"tornRecovered\":%d,\"lossRefused\":%d,\"flips\":%d,\"flipsDetected\":%d,"
                        + "\"flipsHarmless\":%d,\"repaired\":%d,\"missed\":%d,\"replayed\":%d}",
                truncations,
                tornRecovered,
                lossRefused,
                flips,
                flipsDetected,
                flipsHarmless,
                repaired,
                missed,
                replayed);
    }
}
