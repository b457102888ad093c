-- A folder without the series: it counts for 17.0 as 17.0.2.0.0 does.
ALTER TABLE workshop_pricelist_item RENAME COLUMN price_cents TO price;
ALTER TABLE workshop_pricelist_item ALTER COLUMN price TYPE numeric(16, 2) USING price / 100.0;
UPDATE ir_model_fields SET name = 'price', ttype = 'float'
 WHERE model = 'workshop.pricelist.item' AND name = 'price_cents';
