package org.isochron.ops.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.isochron.perf.book.EngineKind;
import org.isochron.perf.core.CoreComparison;
import org.isochron.perf.core.Growth;
import org.isochron.perf.core.ScanCost;
import org.isochron.perf.core.ScanStorm;
import org.isochron.perf.flow.FlowShape;
import org.isochron.perf.run.Conditions;
import org.isochron.perf.run.Figures;
import org.junit.jupiter.api.Test;

class BenchReportsTest {
    private static final Conditions CONDITIONS =
            new Conditions("2026-01-05T14:30:00Z", "17", "Linux", "A CPU & more", 2, 0.5, 1.5, 3, 1_000, 30);

    @Test
    void shouldTellOfTheBookByWorkloadAndEngineWithRatios() {
        final JsonNode json = book(50, 0).toJson();

        for (final String workload : List.of("main", "wide", "randomIds")) {
            for (final String engine : List.of("isochron", "exchangeCoreDirect", "exchangeCoreNaive", "parityMatch")) {
                final List<String> keys = new ArrayList<>();
                json.at("/workloads/" + workload + "/" + engine).fieldNames().forEachRemaining(keys::add);
                assertEquals(List.of("nsPerOp", "p50", "p99", "p999", "bytesPerOp", "trades"), keys);
            }
            assertEquals(2.0, json.at("/ratioToExchangeCoreDirect/" + workload).doubleValue());
        }
        assertEquals("A CPU & more", json.at("/conditions/cpu").textValue());
    }

    @Test
    void shouldTakeTheMedianOfTheRoundsAndTellTheirSpread() {
        final JsonNode json = book(50, 0).toJson();

        assertEquals(50, json.at("/workloads/main/isochron/nsPerOp").doubleValue());
        assertEquals(40, json.at("/spread/main/isochron/nsPerOpLeast").doubleValue());
        assertEquals(70, json.at("/spread/main/isochron/nsPerOpMost").doubleValue());
    }

    @Test
    void shouldSayOfEveryTargetWhetherItIsReachedOrMissed() {
        final String reached = printed(book(50, 0));
        assertTrue(reached.contains("reached  main: times faster"), reached);
        assertTrue(reached.contains("reached  main: bytes"), reached);

        final String missed = printed(book(51, 0.01));
        assertTrue(missed.contains("MISSED   main: times faster"), missed);
        assertTrue(missed.contains("MISSED   main: bytes"), missed);
    }

    @Test
    void shouldTellOfTheCoreBesideItsPeer() {
        final CoreReport report = new CoreReport(
                new CoreComparison.Result(
                        List.of(figures(250, 0)),
                        List.of(figures(1_000, 60)),
                        Map.of("BLOCKING", 900_000.0, "BUSY_SPIN", 0.0),
                        "BLOCKING"),
                CONDITIONS);
        final JsonNode json = report.toJson();

        assertEquals(4_000_000, json.get("commandsPerSecond").doubleValue());
        assertEquals(4, json.get("ratioToExchangeCorePipeline").doubleValue());
        for (final String key : List.of("bytesPerOp", "p50", "p99", "p999")) {
            assertTrue(json.get(key).isNumber(), key);
        }
        assertEquals("BLOCKING", json.at("/exchangeCorePipeline/waitStrategy").textValue());
        assertTrue(printed(report).contains("did not come to an end in time"));
    }

    @Test
    void shouldTellOfGrowthAsTheDearestSizeOverTheCheapest() {
        final List<Growth.Point> points = new ArrayList<>();
        for (final Growth.Dimension dimension : Growth.Dimension.values()) {
            for (final boolean skewed : new boolean[] {true, false}) {
                for (final int size : dimension.sizes()) {
                    points.add(new Growth.Point(
                            dimension, skewed, size, size == dimension.sizes()[3] ? 300 : 100, 0));
                }
            }
        }
        final GrowthReport report = new GrowthReport(points, CONDITIONS);

        final JsonNode json = report.toJson();
        assertEquals(3, json.at("/ratioDearestToCheapest/resting/zipf").doubleValue());
        assertEquals(4, json.at("/curves/instruments/uniform").size());
        assertEquals(1_000_000, json.at("/curves/resting/zipf/3/size").intValue());
        assertTrue(printed(report).contains("MISSED   resting, Zipf(0.99)"));
    }

    @Test
    void shouldDrawBarsWithTheirNumbersAsWellFormedSvg() {
        final String svg = book(50, 0).toChart().toSvg();

        assertTrue(svg.startsWith("<svg ") && svg.endsWith("</svg>\n"), svg);
        assertTrue(svg.contains("main: 2.00 times exchange-core direct"), svg);
        assertTrue(svg.contains("A CPU &amp; more"), svg);
        assertFalse(svg.contains("& "), svg);
    }

    private static BookReport book(final double nsPerOp, final double bytes) {
        final Map<FlowShape, Map<EngineKind, List<Figures>>> figures = new LinkedHashMap<>();
        for (final FlowShape shape : FlowShape.ALL) {
            final Map<EngineKind, List<Figures>> engines = new EnumMap<>(EngineKind.class);
            for (final EngineKind kind : EngineKind.values()) {
                final double middle = kind == EngineKind.ISOCHRON ? nsPerOp : 100;
                engines.put(
                        kind,
                        List.of(figures(middle, bytes), figures(middle + 20, bytes), figures(middle - 10, bytes)));
            }
            figures.put(shape, engines);
        }
        return new BookReport(figures, CONDITIONS);
    }

    private static Figures figures(final double nsPerOp, final double bytes) {
        return new Figures(nsPerOp, 40, 120, 220, 9_000, bytes, 7, 30);
    }

    private static String printed(final BenchReport report) {
        final StringWriter text = new StringWriter();
        report.print(new PrintWriter(text));
        return text.toString();
    }

    @Test
    void shouldTellOfTheScanInMicrosecondsAndOfOrdersAsARatio() {
        final JsonNode json = scan(42_000, 1_200).toJson();

        assertEquals(42.0, json.get("holdersP50Us").doubleValue());
        assertEquals(0.42, json.get("nsPerHolder").doubleValue());
        assertEquals(120.0, json.get("fullPassP50Us").doubleValue());
        assertEquals(0.0, json.get("bytesPerPass").doubleValue());
        assertEquals(1.2, json.get("orderP50Ratio").doubleValue());
        assertEquals(2.0, json.get("orderP99Ratio").doubleValue());
        assertEquals("A CPU & more", json.at("/conditions/cpu").textValue());
    }

    @Test
    void shouldSayWhichTargetsOfTheScanAreMissed() {
        final String printed = printed(scan(1_000_001, 1_200));

        assertTrue(printed.contains("MISSED   100,000 holders"), printed);
        assertTrue(printed.contains("reached  100,000 accounts"), printed);
        assertTrue(printed.contains("reached  order latency p50"), printed);
        assertTrue(printed.contains("MISSED   order latency p99"), printed);
        assertTrue(scan(1, 1).toChart().toSvg().contains("1,000 marks a second"));
    }

    private static ScanReport scan(final long holdersNs, final long stormNs) {
        return new ScanReport(
                new ScanCost.Result(holdersNs, 60_000, 90_000, 120_000, 150_000, 200_000, 0, 30_000_000),
                List.of(
                        new ScanStorm.Round(false, 1_000, 5_000, 9_000, 20_000, 100),
                        new ScanStorm.Round(true, stormNs, 10_000, 20_000, 30_000, 100)),
                CONDITIONS);
    }
}
