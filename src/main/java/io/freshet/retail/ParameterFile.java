package io.freshet.retail;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import io.freshet.retail.Parameters.Advertising;
import io.freshet.retail.Parameters.Department;
import io.freshet.retail.Parameters.Hours;
import io.freshet.retail.Parameters.Logistics;
import io.freshet.retail.Parameters.Offers;
import io.freshet.retail.Parameters.Products;
import io.freshet.retail.Parameters.Reduction;
import io.freshet.retail.Parameters.Region;
import io.freshet.retail.Parameters.Segment;
import io.freshet.retail.Parameters.Stock;
import io.freshet.retail.Parameters.StoreSize;
import io.freshet.retail.Parameters.Tenders;
import io.freshet.retail.Parameters.Traffic;
import io.freshet.retail.Parameters.Visits;
import io.freshet.retail.Parameters.Weighted;

/** Reads the parameters of a chain from YAML and validates them. */
public final class ParameterFile {

    /** The resource with the default parameters. */
    static final String DEFAULTS = "/retail/parameters.yaml";

    private ParameterFile() {
    }

    /** Returns the default parameters. */
    public static Parameters defaults() {
        try (InputStream in = ParameterFile.class.getResourceAsStream(DEFAULTS)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + DEFAULTS + " is missing");
            }
            return read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads and validates parameters.
     *
     * @throws RetailException if a parameter is invalid; the message names it and what is allowed
     */
    public static Parameters read(InputStream yaml) throws IOException {
        JsonNode json;
        try {
            json = new YAMLMapper().readTree(yaml);
        } catch (JsonProcessingException e) {
            throw new RetailException("the retail parameters are not valid YAML: " + e.getOriginalMessage());
        }
        ParameterNode root = new ParameterNode("", json).only("currency", "regions", "sizes", "traffic", "holidays",
                "departments", "products", "segments", "visits", "stock", "promotions", "impressions", "tenders", "split",
                "logistics");
        return new Parameters(root.get("currency").text(), root.list("regions", ParameterFile::region),
                root.list("sizes", ParameterFile::size), traffic(root.get("traffic")),
                root.list("holidays", ParameterFile::holiday), departments(root), products(root.get("products")),
                root.list("segments", ParameterFile::segment), visits(root.get("visits")), stock(root.get("stock")),
                offers(root.get("promotions")), advertising(root.get("impressions")),
                new Tenders(root.list("tenders", ParameterFile::weighted), root.share("split")),
                logistics(root.get("logistics")));
    }

    private static Region region(ParameterNode node) {
        return new Region(node.get("name").text(), node.get("zone").zone(), node.number("share", 0, 1e6),
                node.number("traffic", 0.01, 100), node.number("temperature", -50, 50), node.number("seasons", 0, 40),
                node.share("rain"));
    }

    private static StoreSize size(ParameterNode node) {
        Hours weekday = node.get("hours").hours();
        Hours saturday = node.has("saturday") ? node.get("saturday").hours() : weekday;
        Hours sunday = node.has("sunday") ? node.get("sunday").hours() : weekday;
        return new StoreSize(node.get("name").text(), node.number("share", 0, 1e6), node.number("visits", 1, 100_000),
                node.has("basket") ? node.number("basket", 0.05, 20) : 1,
                node.number("spread", 0, 2), node.number("assortment", 0.001, 1), node.integer("registers", 1, 1000),
                node.integer("columns", 1, 20), node.integer("beacons", 1, 50), List.of(weekday, saturday, sunday));
    }

    private static Traffic traffic(ParameterNode node) {
        ParameterNode paydays = node.get("paydays");
        return new Traffic(node.numbers("weekday_hours", 24), node.numbers("weekend_hours", 24), node.numbers("weekdays", 7),
                node.numbers("months", 12), paydays.list("days", day -> day.integer(1, 31)), paydays.integer("lasts", 1, 28),
                paydays.number("factor", 0, 100), node.number("rain", 0, 100), node.number("heavy_rain", 0, 100));
    }

    private static Holiday holiday(ParameterNode node) {
        Holiday.Rule rule;
        if (node.has("easter")) {
            rule = new Holiday.AfterEaster(node.integer("easter", -200, 200));
        } else if (node.has("weekday")) {
            rule = new Holiday.NthWeekday(node.integer("month", 1, 12), node.get("weekday").choice(DayOfWeek.class),
                    node.integer("nth", 1, 5), node.integer("offset", -30, 30, 0));
        } else {
            rule = new Holiday.Fixed(node.integer("month", 1, 12), node.integer("day", 1, 31));
        }
        boolean closed = node.has("closed") && node.json().path("closed").asBoolean();
        return new Holiday(node.get("name").text(), rule, closed, closed ? 0 : node.number("factor", 0.01, 100),
                node.integer("before", 0, 60, 0));
    }

    private static List<Department> departments(ParameterNode root) {
        List<String> names = root.list("departments", node -> node.get("name").text());
        if (names.size() > 100) {
            throw root.get("departments").wrong("must have at most 100 entries");
        }
        return root.list("departments", node -> department(node, names));
    }

    private static Department department(ParameterNode node, List<String> names) {
        List<Integer> goesWith = new ArrayList<>();
        if (node.has("goes_with")) {
            goesWith = node.list("goes_with", other -> {
                if (!names.contains(other.text())) {
                    throw other.wrong("names an unknown department: " + other.text());
                }
                return names.indexOf(other.text());
            });
        }
        return new Department(node.get("name").text(), node.number("weight", 0.001, 1e6), node.number("products", 1e-6, 1e6),
                node.number("price", 0.05, 1e6), node.number("spread", 0, 3), node.share("margin"),
                node.integer("shelf_life", 0, 3650), node.share("tax"), node.number("heat", 0, 1),
                node.integer("suppliers", 1, 10_000), goesWith, node.list("goods", ParameterNode::text));
    }

    private static Products products(ParameterNode node) {
        return new Products(node.list("brands", ParameterNode::text), node.list("packs", ParameterNode::text),
                node.number("top_fifth", 0.2, 0.99));
    }

    private static Segment segment(ParameterNode node) {
        return new Segment(node.get("name").text(), node.number("share", 0, 1e6), node.number("basket", 0.05, 20),
                node.share("loyal"), node.share("app"), node.get("part").choice(DayPart.class));
    }

    private static Visits visits(ParameterNode node) {
        return new Visits(node.number("per_customer", 0, 10), node.share("buying"), node.number("mean_lines", 1.01, 30),
                node.number("dispersion", 0.05, 100), node.share("affinity"),
                node.list("quantities", weight -> weight.number(0, 1e6)), node.share("app"),
                node.integer("seek_seconds", 1, 600), node.integer("line_seconds", 1, 600),
                node.integer("cross_seconds", 1, 600), node.integer("ping_seconds", 1, 600), node.number("away", 0, 0.5));
    }

    private static Stock stock(ParameterNode node) {
        return new Stock(node.number("cover_days", 0.5, 100), node.number("reorder_days", 0, 100),
                node.number("spoilage", 0, 100), node.number("shrinkage", 0, 100), node.share("substitution"));
    }

    private static Offers offers(ParameterNode node) {
        return new Offers(node.integer("per_week", 1, 10_000), node.integer("products", 1, 1000),
                node.number("uplift", 1, 100), node.list("discounts",
                        each -> new Reduction(each.integer("percent", 1, 99), each.number("weight", 0, 1e6))));
    }

    private static Advertising advertising(ParameterNode node) {
        return new Advertising(node.number("per_customer", 0, 10), node.share("conversion"),
                node.list("channels", ParameterFile::weighted));
    }

    private static Weighted weighted(ParameterNode node) {
        return new Weighted(node.get("name").text(), node.number("weight", 0, 1e6));
    }

    private static Logistics logistics(ParameterNode node) {
        LocalTime first = node.get("first_arrival").time();
        int stops = node.integer("stops", 1, 4);
        if (first.isBefore(LocalTime.of(2, 30)) || first.isAfter(LocalTime.of(3, 0))) {
            throw node.get("first_arrival").wrong("must be from 02:30 to 03:00, so that all trucks leave before stores open");
        }
        return new Logistics(stops, first);
    }
}
