CREATE VIEW workshop_turnover AS
SELECT date_trunc('month', received_on)::date AS month, state, sum(total) AS total
  FROM workshop_repair GROUP BY 1, 2;
