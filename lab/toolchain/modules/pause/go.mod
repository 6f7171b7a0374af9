module zaibei.io/lab/pause

go 1.21
